import { defineConfig } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';

export default defineConfig({
  root: 'src/main/web',
  publicDir: 'public',
  plugins: [svelte()],
  build: {
    outDir: '../../../target/classes/META-INF/resources',
    emptyOutDir: true,
    assetsDir: 'assets',
    // A file of its own each: nothing inline, so that the page needs no exception in its Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': process.env.INGEST_URL ?? 'http://127.0.0.1:8080' } },
});
