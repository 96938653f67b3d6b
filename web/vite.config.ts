import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const SERVER = process.env.API_URL ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: false, __VUE_I18N_LEGACY_API__: false, __VUE_I18N_FULL_INSTALL__: false },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Browsers of utilities lag behind: what these do not know (light-dark(), nesting) is written out for them.
    target: ['chrome109', 'edge109', 'firefox115', 'safari16.4'],
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': { target: SERVER, changeOrigin: false } } },
})
