import { readPop, scrubAddress, type ScreenPop } from './pop.ts'

/** What the page was opened with, read and taken out of the address before anything else happens. */
export const arrivedWith: ScreenPop = readPop(location.search)

scrubAddress()
