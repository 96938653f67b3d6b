import { ref } from 'vue'

/** What stands beside the step: the call as it sounds, or how it goes from step to step. */
export const aside = ref<'heard' | 'flow'>('heard')
export const turnAside = (): void => void (aside.value = aside.value === 'heard' ? 'flow' : 'heard')
