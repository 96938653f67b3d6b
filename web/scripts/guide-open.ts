import { ref } from 'vue'

/** Whether the guidance of the steps is unfolded: once for all of them. */
export const guideOpen = ref(false)
