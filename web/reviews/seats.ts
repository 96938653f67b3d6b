import { computed } from 'vue'
import { me, members } from '../api/index.ts'

export const isChair = computed(() => me.value?.roles.includes('chair') === true)
/** Whether who looks has a seat on the committee. */
export const isMember = computed(() => members.value.some(one => one.personId === me.value?.id))
