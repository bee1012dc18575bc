import { describe, expect, it } from 'vitest'
import type { Signal } from '../model/detection.ts'
import { bounded } from './bounded.ts'

const signal: Signal = { key: ['ada@birchwood.example', 'rule'], measure: 'records' }
const long = (end: string) => 'x'.repeat(1_000_000) + end

describe('a signal', () => {
  it('is left as it is where its texts are of honest length', () => {
    expect(bounded(signal)).toBe(signal)
  })

  it('is cut where they are not, and long texts that begin alike stay different ones', () => {
    const cut = (end: string) => bounded({ ...signal, key: ['ada', long(end)], mailbox: long(end) })
    const [one, other] = [cut('1'), cut('2')]
    for (const part of [one.key[1], one.mailbox]) expect(part).toMatch(/^x+…[0-9a-f]{16}$/)
    expect([one.key[1]?.length, one.mailbox?.length]).toEqual([1_000, 200])
    expect(one.key[1]).not.toBe(other.key[1])
    expect(cut('1')).toEqual(one)
  })

  it('is cut in its mailbox, its session or any part of its key alone, and in none that fits', () => {
    const [name, part] = ['m'.repeat(200), 'k'.repeat(1_000)]
    const full = { ...signal, key: [part, part] as const, mailbox: name, session: name }
    expect(bounded(full)).toBe(full)
    const cut = { name: /^m{183}…[0-9a-f]{16}$/, part: /^k{983}…[0-9a-f]{16}$/ }
    expect(bounded({ ...full, mailbox: `${name}m` })).toEqual({
      ...full,
      mailbox: expect.stringMatching(cut.name),
    })
    expect(bounded({ ...full, session: `${name}m` })).toEqual({
      ...full,
      session: expect.stringMatching(cut.name),
    })
    for (const [first, second] of [
      [`${part}k`, 'b'],
      ['a', `${part}k`],
    ] as const) {
      const key = bounded({ ...signal, key: [first, second] }).key
      expect(key).toEqual(
        [first, second].map(one => (one.length === 1 ? one : expect.stringMatching(cut.part))),
      )
    }
  })

  it('keeps the note and the members that it has', () => {
    const { members, note } = bounded({ ...signal, key: [long('')], members: ['m'], note: 'n' })
    expect({ members, note }).toEqual({ members: ['m'], note: 'n' })
  })
})
