export { noteSearch } from './commands.ts'
export { openingCounts, ownCall, queriesSettledBy, resolvedCounts } from './queries.ts'
export { maskNumbers } from './rules.ts'
export { registerCalls } from './routes.ts'
