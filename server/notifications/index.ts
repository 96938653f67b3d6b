export { registerNotifications } from './routes.ts'
