import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { FUNCTIONS } from '../functions/expected.ts'

const ROOT = join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const sources = globSync('{core,functions,cli}/**/*.ts', { cwd: ROOT })
  .filter(file => !/\.(?:test|test-kit|cases)\.ts$|testing\.ts$/.test(file))
  .map(file => ({ file, text: read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '') }))
const filesWith = (pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

// The guard's is a socket in a folder, by which two Azurites keep out of each other's way.
it('nothing listens but the local page', () => {
  expect(filesWith(/\bcreateServer\(|\.listen\(/).sort()).toEqual([
    'cli/azurite-guard.ts',
    'cli/page/server.ts',
  ])
})

it('every function that answers requests asks for a key', () => {
  const answering = FUNCTIONS.filter(({ trigger }) => trigger.type === 'httpTrigger')
  expect(answering.length).toBeGreaterThan(0)
  for (const { trigger } of answering) expect(['function', 'admin']).toContain(trigger.authLevel)
})

// Whoever compares a secret byte by byte tells by its time how far a guess was right. Here nobody is asked for one: signing
// is the webhook library's, keys are the host's. What is compared are two tokens of ours, to see which was refused.
it('nothing that somebody hands us is compared with a secret', () => {
  const compared =
    /\b\w*(?:secret|signature|token|password|credential|apiKey)\b\s*[!=]==(?!\s*(?:undefined|null|''))/i
  expect(filesWith(compared)).toEqual(['core/net/token.ts'])
})

it('SECURITY.md points to tests and pages that are there', () => {
  const links = [...read('SECURITY.md').matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, path = '']) => path)
  expect(links.length).toBeGreaterThan(15)
  expect(links.filter(path => !existsSync(join(ROOT, path)))).toEqual([])
})
