import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { GENERATED } from '../scripts/generate.ts'

it.each(GENERATED)('$path is what `npm run generate` writes', ({ path, content }) => {
  const written = readFileSync(join(import.meta.dirname, '..', path), 'utf8')
  expect(written === content(), `${path} is stale: run npm run generate`).toBe(true)
})
