import { existsSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

// Containers run as root, where Chromium's sandbox does not start; the pages it gets are our own, without network.
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
]

/** `CHROMIUM_PATH`, or a browser in one of the usual places. */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM_PATH ?? PLACES.find(place => existsSync(place))
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: FLAGS })
}

/** Fills with whatever a page does that it should not: dialogs, errors, messages, and requests for anything but `isOwn`. */
export function surprisesOf(page: Page, isOwn: (url: string) => boolean): string[] {
  const surprises: string[] = []
  page.on('dialog', dialog => {
    surprises.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', error => surprises.push(error.message))
  // A violation of the content security policy is one of these.
  page.on('console', message => surprises.push(message.text()))
  page.on('request', request => {
    if (!isOwn(request.url())) surprises.push(request.url())
  })
  return surprises
}
