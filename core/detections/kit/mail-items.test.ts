import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messagesRead } from './mail-items.ts'

const item = (id: string) => ({ InternetMessageId: id, SizeInBytes: 1 })

describe('messages read', () => {
  it.each([
    [
      'one folder',
      { Folders: [{ Path: '\\Inbox', FolderItems: [item('<1>'), item('<2>')] }], OperationCount: 2 },
      ['<1>', '<2>'],
    ],
    [
      'several folders',
      { Folders: [{ FolderItems: [item('<1>')] }, { FolderItems: [item('<2>')] }] },
      ['<1>', '<2>'],
    ],
    [
      'a message listed twice',
      { Folders: [{ FolderItems: [item('<1>'), item('<1>')] }], OperationCount: 2 },
      ['<1>', '<1>'],
    ],
    ['JSON in a text', { Folders: '[{"FolderItems":[{"InternetMessageId":"<1>"}]}]' }, ['<1>']],
    [
      'items with an immutable id only',
      { Folders: [{ FolderItems: [{ ImmutableId: 'i', Id: 'x' }] }] },
      ['i'],
    ],
    ['items with an id only', { Folders: [{ FolderItems: [{ Id: 'x' }] }] }, ['x']],
    [
      'attachments',
      { Messages: [{ MessageItems: [{ Id: 'a', SizeInBytes: '1156492.00' }] }], OperationCount: 6 },
      ['a'],
    ],
    ['one message opened', { Item: { Id: 'x', InternetMessageId: '<1>' } }, ['<1>']],
    [
      'a folder synced',
      { Item: { Id: 'x', ParentFolder: { Name: 'Boîte de réception', Path: 'Not Available' } } },
      [],
    ],
    ['a count alone', { OperationCount: 7 }, [{ member: 'r', weight: 7 }]],
    ['a count in a text', { OperationCount: '7.0' }, [{ member: 'r', weight: 7 }]],
    [
      'a count and empty folders',
      { Folders: [{ FolderItems: [] }], OperationCount: 3 },
      [{ member: 'r', weight: 3 }],
    ],
    [
      'a count and items without any id',
      { Folders: [{ FolderItems: [{}, null, 'x'] }], OperationCount: 3 },
      [{ member: 'r', weight: 3 }],
    ],
    ['no count', { OperationCount: 0 }, []],
    ['a count below one', { OperationCount: -4 }, []],
    ['no number', { OperationCount: 'many' }, []],
    ['folders that are none', { Folders: 'Inbox', Messages: {}, Item: [] }, []],
    ['nothing', {}, []],
  ])('of %s', (_, body, expected) => {
    expect(messagesRead('r', body)).toEqual(expected)
  })

  it('are read from anything without an exception', () => {
    const part = fc.oneof(fc.jsonValue(), fc.json())
    fc.assert(
      fc.property(part, part, part, part, (Folders, Messages, Item, OperationCount) => {
        for (const found of messagesRead('r', { Folders, Messages, Item, OperationCount }))
          if (typeof found !== 'string') expect(found.weight).toBeGreaterThanOrEqual(1)
      }),
    )
  })
})
