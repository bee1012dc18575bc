import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DAY } from '../core/model/time.ts'
import { RETENTION } from '../core/stores/retention.ts'

const root = join(import.meta.dirname, '..')
const text = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).sort()

/** Anchors as GitHub makes them of headings. */
function anchorsOf(page: string): Set<string> {
  const headings = [...text(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => title)
  const written = [...text(page).matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name)
  const made = headings.map(title =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
  return new Set([...made, ...written])
}

describe.each(pages)('%s', page => {
  test('links to nothing that is not there', () => {
    const links = [
      ...text(page).matchAll(/\]\(([^)\s]+)\)/g),
      ...text(page).matchAll(/(?:src|href)="([^"]+)"/g),
    ].map(([, target = '']) => target)
    const broken = links
      .filter(target => !/^[a-z]+:/.test(target))
      .filter(target => {
        const [path = '', anchor] = target.split('#')
        const file = path === '' ? page : join(dirname(page), path)
        if (!existsSync(join(root, file))) return true
        return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).has(anchor)
      })
    expect(broken).toEqual([])
  })
})

test('every page of docs/ is linked from the README', () => {
  const readme = text('README.md')
  expect(pages.filter(page => page.startsWith('docs/') && !readme.includes(`(${page})`))).toEqual([])
})

describe('docs/privacy.md', () => {
  const page = text('docs/privacy.md')
  const rows = [...page.matchAll(/^\| (`.+?`) \| .+ \| (.+) \|$/gm)].flatMap(([, names = '', long = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => [name, long] as const),
  )

  test('names every table there is, and no other', () => {
    const tables = globSync('core/stores/*.ts', { cwd: root }).flatMap(file =>
      [...text(file).matchAll(/^export const [A-Z_]+ = '(\w+)'$/gm)].map(([, name = '']) => name),
    )
    expect(tables.length).toBeGreaterThan(8)
    expect(rows.map(([name]) => name).sort()).toEqual(tables.sort())
  })

  test('tells how long rows are kept as the sweep keeps them', () => {
    const told = new Map(rows)
    for (const [name, seconds] of Object.entries(RETENTION))
      expect(told.get(name), name).toBe(`${seconds / DAY} days`)
  })
})
