import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Scripts in the order they run, and the style sheet. */
export interface PageAssets {
  readonly scripts: readonly Asset[]
  readonly style: Asset
}

export interface Asset {
  readonly text: string
  /** For the page's content security policy: `'sha256-…'` */
  readonly hash: string
}

/** Reads what the page inlines, about 440 KB. Once per process is enough. */
export function readAssets(): PageAssets {
  const packages = createRequire(import.meta.url)
  return {
    scripts: [
      asset(packages.resolve('markdown-it/browser')),
      asset(packages.resolve('adaptivecards/dist/adaptivecards.min.js')),
      asset(new URL('./client.js', import.meta.url)),
    ],
    style: asset(new URL('./style.css', import.meta.url)),
  }
}

function asset(file: string | URL): Asset {
  // A source map's address would be a request to somewhere.
  const text = readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=\S*\s*$/, '\n')
  // What ends a script element early: its end tag, or `<!--` with `<script` behind it, which hides the end tag.
  if (/<\/script|<\/style|<!--[\s\S]*<script/i.test(text))
    throw new Error(`${file} cannot be put into a page as it is`)
  return { text, hash: `'sha256-${createHash('sha256').update(text).digest('base64')}'` }
}
