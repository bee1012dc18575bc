import { describe, expect, it } from 'vitest'
import { additions } from './multi-value.ts'

describe('additions', () => {
  it.each([
    ['anna', ['anna']],
    ['anna;bruno@birchwood.example, carla', ['anna', 'bruno@birchwood.example', 'carla']],
    ['["anna","bruno"]', ['anna', 'bruno']],
    ['{anna, bruno}', ['anna', 'bruno']],
    ['@{Add="anna","bruno"}', ['anna', 'bruno']],
    ["@{add='anna'; remove='bruno'}", ['anna']],
    ['@{Remove="bruno"; Add="anna"}', ['anna']],
    ['@{Remove="bruno"}', []],
    ['Add: anna', ['anna']],
    ['+anna;-bruno;+carla', ['anna', 'carla']],
    ['{"Add":["anna","bruno"],"Remove":["carla"]}', ['anna', 'bruno']],
    ['madd: anna', ['madd: anna']],
    ['', []],
    [' ; ,', []],
    ['[]', []],
  ])('of %s', (value, entries) => {
    expect(additions([value])).toEqual(entries)
  })

  it('of several values are those of each, and of none none', () => {
    expect(additions(['anna', 'bruno;carla'])).toEqual(['anna', 'bruno', 'carla'])
    expect(additions([])).toEqual([])
    expect(additions(undefined)).toEqual([])
  })
})
