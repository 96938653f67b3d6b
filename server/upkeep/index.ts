export { registerUpkeep } from './routes.ts'
