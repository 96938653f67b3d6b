export { GapFollower } from './follower.ts'
export { registerInsights } from './routes.ts'
