import { makeRandom } from '../random.ts'
import { type Mailbox, OWA, type RecordKit } from './index.ts'

export const kit = (): RecordKit => ({
  random: makeRandom('records'),
  organizationId: '5b6a1d0e-3c47-4f29-9e58-0d1f2a7b6c83',
  organizationName: 'birchwood.onmicrosoft.example',
})
export const mailbox = (local: string): Mailbox => ({
  upn: `${local}@birchwood.example`,
  name: local,
  mailboxGuid: '7cfcc8fc-0d4a-4e1c-9592-dbb3de1e3859',
  sid: 'S-1-5-21-1-2-3-4',
  puid: '10032003AB12CD34',
})
export const at = Date.UTC(2026, 10, 17, 9, 2, 11)
export const amara = mailbox('amara')
export const access = { at, mailbox: amara, client: OWA, ip: '192.0.2.10' }
export const message = (n: number) => ({
  id: `AAMk${n}`,
  internetMessageId: `<${n}@mx.example>`,
  sizeInBytes: 1000 + n,
})
export const APP = '2f0f4096-5629-405c-b2a1-8611053b0ed0'
