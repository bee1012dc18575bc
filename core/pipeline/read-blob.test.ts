import { expect, it } from 'vitest'
import { makeParser } from '../feeds/normalise/parse.ts'
import { FeedError } from '../model/errors.ts'
import { readBlob } from './read-blob.ts'

const parse = makeParser('t')
const record = {
  Id: '1',
  Operation: 'Flag',
  CreationTime: '2026-11-20T00:00:00',
  UserId: 'ada@birchwood.example',
}

it('an array is read record by record; what is none is counted by reason', () => {
  const { records, counts } = readBlob(JSON.stringify([record, 7, {}, record]), parse)
  expect(records).toHaveLength(2)
  expect(counts).toEqual({
    parsed: 4,
    evaluated: 1,
    duplicates: 1,
    rejected: { 'not-an-object': 1, 'no-operation': 1 },
  })
})

it('a single object is a blob of one', () => {
  expect(readBlob(JSON.stringify(record), parse).records).toHaveLength(1)
})

it('an empty array is a blob of none', () => {
  expect(readBlob('[]', parse)).toEqual({
    records: [],
    counts: { parsed: 0, evaluated: 0, duplicates: 0, rejected: {} },
  })
})

it('a body that was cut off is malformed, and the error quotes nothing of it', () => {
  const cut = JSON.stringify([{ ...record, Subject: 'secret plans' }]).slice(0, -10)
  expect(() => readBlob(cut, parse)).toThrow(FeedError)
  expect(() => readBlob(cut, parse)).toThrow(`The blob is not JSON after ${cut.length} characters`)
  expect(() => readBlob(cut, parse)).not.toThrow('secret')
})
