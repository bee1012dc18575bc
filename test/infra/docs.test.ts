import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FUNCTIONS } from '../functions/expected.ts'
import { deployed, ofType, template } from './template.ts'

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const page = text('docs/deploy.md')
const rows = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, ...cells]) => cells)

describe('docs/deploy.md', () => {
  test('has every parameter of the template, in its order, with its default', () => {
    const told = rows(/^\| `(\w+)` \| (.+?) \| .+ \|$/gm).filter(
      ([name]) => name !== undefined && name in template.parameters,
    )
    expect(told.map(([name]) => name)).toEqual(Object.keys(template.parameters))
    for (const [name = '', shown] of told) {
      const { defaultValue } = template.parameters[name] ?? {}
      const plain = /^`([^`]+)`$/.exec(shown ?? '')?.[1]
      if (plain !== undefined) expect(plain, name).toBe(String(defaultValue))
    }
  })

  test('has every permission of the grant scripts, in their words', () => {
    const told = rows(/^\| `([\w.]+)`( \(required\))? \| (Office[^|]+|Microsoft Graph) \| (.+) \|$/gm)
    const granted = [
      ...text('infra/grant.sh').matchAll(/^"?(required|optional)\|[^|]+\|([^|]+)\|([^|]+)\|([^"\n]+)/gm),
    ]
    expect(granted.length).toBeGreaterThan(5)
    expect(told).toEqual(
      granted.map(([, need, resource, name, adds]) => [
        name,
        need === 'required' ? ' (required)' : undefined,
        resource,
        adds,
      ]),
    )
  })

  test('names outputs, functions and npm scripts that exist', () => {
    const outputs = rows(/properties\.outputs\.(\w+)\.value/g).flat()
    expect(outputs.length).toBeGreaterThan(1)
    for (const name of outputs) expect(template.outputs).toHaveProperty(name ?? '')
    const { scripts } = JSON.parse(text('package.json'))
    for (const [name = ''] of rows(/npm run (\w+)/g)) expect(scripts).toHaveProperty(name)
    const listed = /^lists (.+?)\. /ms.exec(page)?.[1]?.match(/\w+(?=`)/g)
    expect(listed).toEqual(FUNCTIONS.map(({ name }) => name))
  })

  test('names the secrets as Key Vault will', () => {
    const names = ofType(deployed('full'), 'Microsoft.KeyVault/vaults/secrets').map(
      ({ name }) => name.split('/')[1],
    )
    for (const name of names) expect(page).toContain(`\`${name}\``)
  })
})
