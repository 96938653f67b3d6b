export { registerAudit } from './routes.ts'
export { untold, verifyChain, type BrokenRow } from './verify.ts'
