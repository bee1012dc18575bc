import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldersOf, isSync, volumeOf } from './mail-access.ts'

const properties = (Value: unknown, Name: unknown = 'MailAccessType') => ({
  OperationProperties: [
    { Name: 'IsThrottled', Value: 'False' },
    { Name, Value },
  ],
})

describe('a whole folder was copied', () => {
  it.each([
    ['Sync', properties('Sync'), true],
    ['in another case', properties('SYNC '), true],
    ['the name in another case', properties('Sync', 'mailaccesstype'), true],
    ['the value first', { OperationProperties: [{ Value: 'Sync', Name: 'MailAccessType' }] }, true],
    ['a JSON text', { OperationProperties: '[{"Name":"MailAccessType","Value":"Sync"}]' }, true],
    ['Bind', properties('Bind'), false],
    ['no value', properties(undefined), false],
    ['another property', properties('Sync', 'AttachmentAccessType'), false],
    ['nothing that is a property', { OperationProperties: [null, 'Sync', 7] }, false],
    ['no properties', {}, false],
  ])('%s: %j is %j', (_, body, sync) => {
    expect(isSync(body)).toBe(sync)
  })
})

describe('folders', () => {
  it.each([
    [
      'of messages',
      { Folders: [{ Path: '\\Inbox' }, { Path: '\\Projects\\Oak' }] },
      ['Inbox', 'Projects\\Oak'],
    ],
    ['named twice', { Folders: [{ Path: '\\Inbox' }, { Path: 'Inbox' }] }, ['Inbox']],
    ['of attachments', { Messages: [{ Path: '\\Inbox' }] }, ['Inbox']],
    [
      'of Sync, whose path is not available',
      { Item: { ParentFolder: { Path: 'Not Available', Name: 'Boîte de réception', Id: 'x' } } },
      ['Boîte de réception'],
    ],
    ['without a name', { Item: { ParentFolder: { Path: 'Not Available', Id: 'x' } } }, ['x']],
    ['in a JSON text', { Item: '{"ParentFolder":{"Path":"\\\\Inbox"}}' }, ['Inbox']],
    ['that are none', { Folders: ['Inbox', null], Messages: 'x', Item: [] }, []],
    ['nowhere', {}, []],
  ])('%s', (_, body, folders) => {
    expect(foldersOf(body)).toEqual(folders)
  })

  it('have at most a hundred characters', () => {
    expect(foldersOf({ Folders: [{ Path: `\\${'x'.repeat(500)}` }] })[0]).toHaveLength(100)
  })
})

describe('a volume', () => {
  const items = (...sizes: readonly unknown[]) => sizes.map(SizeInBytes => ({ SizeInBytes }))

  it.each([
    ['of folders', { Folders: [{ FolderItems: items(1, '2.00') }, { FolderItems: items(4) }] }, [3, 7]],
    [
      'of attachments',
      { Messages: [{ MessageItems: items('1156492.00') }], OperationCount: 6 },
      [1, 1_156_492],
    ],
    ['without sizes', { Folders: [{ FolderItems: items(undefined, 'much', -5) }] }, [3, 0]],
    ['of a count alone', { OperationCount: '7.0' }, [7, 0]],
    ['of a message too large to be one', { Folders: [{ FolderItems: items(1e300) }] }, [1, 157_286_400]],
    ['of nothing', { OperationCount: -1 }, [0, 0]],
  ])('%s', (_, body, [messages, bytes]) => {
    expect(volumeOf(body)).toEqual({ messages, bytes })
  })

  it('is read from anything without an exception, and is a number', () => {
    const part = fc.oneof(fc.jsonValue(), fc.json())
    fc.assert(
      fc.property(part, part, part, part, (Folders, Messages, Item, OperationCount) => {
        const { messages, bytes } = volumeOf({ Folders, Messages, OperationCount })
        expect(messages).toBeGreaterThanOrEqual(0)
        expect(bytes).toBeGreaterThanOrEqual(0)
        expect(foldersOf({ Folders, Messages, Item })).toBeInstanceOf(Array)
        expect(isSync({ OperationProperties: Folders })).toBeTypeOf('boolean')
      }),
    )
  })
})
