import { expect, it } from 'vitest'
import { StoreError } from '../../core/model/errors.ts'
import type { Domain, Held } from '../../core/model/tenant-context.ts'
import { makeContext } from '../../core/stores/context.ts'
import type { Tables } from '../../core/stores/port.ts'
import { dying } from './dying.ts'

type Rows = ReadonlyMap<string, Held<Domain>>

const held = (name: string, since: number, more: Partial<Held<Domain>> = {}): [string, Held<Domain>] => [
  name,
  { item: { name }, since, ...more },
]

/** What is kept of the directory, whatever the storage. */
export function contextContract({ make }: { make(): Tables }): void {
  it('nothing is known before the first look, and everything since when afterwards', async () => {
    const tables = make()
    const context = makeContext(tables, 't')
    expect(await context.read('domains')).toBeUndefined()
    await context.keep('domains', undefined, new Map([held('a.example', 10)]), 10)
    await context.keep('domains', { since: 10 }, new Map([held('b.example', 20)]), 20)
    expect(await context.read('domains')).toEqual({
      since: 10,
      at: 20,
      items: new Map([held('a.example', 10), held('b.example', 20)]),
    })
    expect(await context.read('contacts')).toBeUndefined()
    expect(await makeContext(tables, 'another').read('domains')).toBeUndefined()
  })

  it('a look at any part changes the version, reading does not', async () => {
    const context = makeContext(make(), 't')
    const versions = [await context.version()]
    for (const part of ['domains', 'contacts', 'contacts'] as const) {
      await context.keep(part, { since: 1 }, new Map(), 1)
      await context.read(part)
      versions.push(await context.version())
      expect(await context.version()).toBe(versions.at(-1))
    }
    expect(new Set(versions).size).toBe(4)
  })

  it('what has long gone is forgotten, and a part that nobody looks at any more', async () => {
    const context = makeContext(make(), 't')
    const rows: Rows = new Map([
      held('there.example', 1),
      held('gone.example', 1, { goneAt: 99 }),
      held('just-gone.example', 1, { goneAt: 100 }),
    ])
    await context.keep('domains', undefined, rows, 100)
    await context.keep('contacts', undefined, new Map([['c', { item: { addresses: [] }, since: 1 }]]), 99)
    expect(await context.purge(100)).toBe(3)
    expect([...((await context.read('domains'))?.items.keys() ?? [])]).toEqual([
      'just-gone.example',
      'there.example',
    ])
    expect(await context.read('contacts')).toBeUndefined()
  })

  it('a first look that dies half way has not been one', async () => {
    const rows: Rows = new Map(Array.from({ length: 150 }, (_, n) => held(`d${n}.example`, 5)))
    for (let death = 1; death <= 2; death++)
      for (const when of ['before', 'after'] as const) {
        const inner = make()
        const { tables } = dying(inner, death, when)
        await expect(makeContext(tables, 't').keep('domains', undefined, rows, 5)).rejects.toThrow(StoreError)
        const known = await makeContext(inner, 't').read('domains')
        expect(known?.items.size).toBe(death === 2 && when === 'after' ? 150 : undefined)
      }
  })

  it('holds a firm of 500 mailboxes', async () => {
    const context = makeContext(make(), 't')
    const address = (n: number) => `p${n}@birchwood.example`
    const rows = new Map(
      Array.from({ length: 500 }, (_, n) => [`u${n}`, { item: { address: address(n) }, since: 1 }]),
    )
    await context.keep('mailboxes', undefined, rows, 1)
    expect((await context.read('mailboxes'))?.items.size).toBe(500)
  })
}
