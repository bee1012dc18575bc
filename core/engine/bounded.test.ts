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

  it('keeps the note and the members that it has', () => {
    const { members, note } = bounded({ ...signal, key: [long('')], members: ['m'], note: 'n' })
    expect({ members, note }).toEqual({ members: ['m'], note: 'n' })
  })
})
