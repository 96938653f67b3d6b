export { INDEX_NOTICE } from './commands.ts'
export { createDemoNotices } from './demo.ts'
export { activeNotices, noticesInForce, noticesTurnedBetween } from './queries.ts'
export { registerNotices } from './routes.ts'
