export { SEARCH_FIELDS } from './fields.ts'
export { readWords } from './words.ts'
export { Indexer } from './indexer.ts'
export { registerSearch } from './routes.ts'
