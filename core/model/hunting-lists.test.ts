import { expect, it } from 'vitest'
import { COMMANDS } from './hunting-lists.ts'

it('every kind of command has words, and a word is of one kind, in whatever case it is written', () => {
  expect(Object.values(COMMANDS)).toHaveLength(6)
  for (const words of Object.values(COMMANDS)) expect(words).not.toEqual([])
  const words = Object.values(COMMANDS).flat()
  expect(words.filter(word => word.length < 8)).toEqual([])
  expect(new Set(words.map(word => word.toLowerCase())).size).toBe(words.length)
})
