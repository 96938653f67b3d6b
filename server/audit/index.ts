export { registerAudit } from './routes.ts'
export { verifyChain, type BrokenRow } from './verify.ts'
