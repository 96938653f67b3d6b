import { defineConfig } from 'drizzle-kit'

/** `npm run migration` writes the SQL of a changed tables.ts into server/platform/db/migrations. */
export default defineConfig({
  dialect: 'sqlite',
  schema: ['./server/*/{,*-}tables.ts', './server/platform/*/tables.ts'],
  out: './server/platform/db/migrations',
})
