import { ref } from 'vue'

export const basisOpen = ref(false)
