import { describe, expect, it } from 'vitest'
import { isSentFolder } from './folder-areas.ts'
import { isSecurityNotice } from './notice-words.ts'
import { removesNotice, removesSent } from './removals.ts'

describe('a notice about the account', () => {
  it.each([
    'Your security info was updated',
    'FW: Microsoft account security info verification',
    'You have a new sign-in method',
    'Multi-Factor Authentication enrolled',
    'A new device is using your account',
    'Unusual sign-in activity',
    'Ihre Sicherheitsinformationen wurden aktualisiert',
    'Neues Gerät angemeldet',
    'Vos informations de sécurité ont été mises à jour',
    'Se agregó información de seguridad',
    'Le informazioni di sicurezza sono state aggiornate',
    'As informações de segurança foram atualizadas',
    'Uw beveiligingsgegevens zijn bijgewerkt',
    'Zmieniono informacje zabezpieczające',
    'Новое устройство вошло в учётную запись',
    'セキュリティ情報が更新されました',
    '您的安全信息已更新',
  ])('is "%s"', subject => {
    expect(isSecurityNotice(subject)).toBe(true)
    expect(isSecurityNotice(subject.normalize('NFD').toUpperCase())).toBe(true)
  })

  it.each([
    '',
    'Lunch?',
    'Invoice 2026-11',
    'Device order',
    'Security guard rota',
    'Password list',
    'Ammfax',
  ])('is not "%s"', subject => {
    expect(isSecurityNotice(subject)).toBe(false)
  })

  it('is found in what was deleted or put away, whatever else was', () => {
    const AffectedItems = [{ Subject: 'Lunch?' }, null, { Subject: 'Your security info was updated' }]
    expect(removesNotice('SoftDelete', { AffectedItems })).toBe(true)
    expect(removesNotice('HardDelete', { AffectedItems: JSON.stringify(AffectedItems) })).toBe(true)
    expect(removesNotice('MoveToDeletedItems', { Item: AffectedItems[2] })).toBe(true)
    expect(removesNotice('Move', { AffectedItems, DestFolder: { Path: '\\RSS Feeds' } })).toBe(true)
    expect(removesNotice('Move', { AffectedItems, DestFolder: { Path: '\\IT' } })).toBe(false)
    expect(removesNotice('Move', { AffectedItems })).toBe(false)
    expect(removesNotice('SoftDelete', { AffectedItems: [{ Subject: '' }, {}] })).toBe(false)
    expect(removesNotice('SoftDelete', {})).toBe(false)
  })
})

describe('sent messages', () => {
  it.each([
    '\\Sent Items',
    'Sent Items\\2026',
    '/Gesendete Elemente',
    '\\Éléments envoyés',
    '送信済みアイテム',
  ])('are in %s', path => {
    expect(isSentFolder(path)).toBe(true)
  })

  it.each(['', '\\', '\\Inbox', '\\Inbox\\Sent Items', '\\Outbox', '\\Sent Items copy'])(
    'are not in %s',
    path => {
      expect(isSentFolder(path)).toBe(false)
    },
  )

  it('are taken out of sight by deletion, or by a move nobody sees', () => {
    const Folder = { Path: '\\Sent Items' }
    expect(removesSent('HardDelete', { Folder })).toBe(true)
    const inside = [{ ParentFolder: { Path: '\\Sent Items' } }]
    expect(
      removesSent('HardDelete', { Folder: { Path: '\\Recoverable Items' }, AffectedItems: inside }),
    ).toBe(true)
    expect(removesSent('Move', { Folder, DestFolder: { Path: '\\Archive' } })).toBe(true)
    expect(removesSent('Move', { Folder, DestFolder: { Path: '\\Clients\\Oak' } })).toBe(false)
    expect(removesSent('Move', { Folder })).toBe(false)
    expect(removesSent('HardDelete', { Folder: { Path: '\\Inbox' } })).toBe(false)
    expect(removesSent('HardDelete', { Folder: 'Sent Items' })).toBe(false)
  })
})
