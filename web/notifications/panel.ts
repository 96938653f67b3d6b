import { ref } from 'vue'

/** The two faces of the panel: all one was told, and what one was told on a day. */
export const FACES = ['list', 'digest'] as const

export const isOpen = ref(false)
export const face = ref<(typeof FACES)[number]>('list')
