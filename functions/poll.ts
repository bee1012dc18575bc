import { app } from '@azure/functions'
import { minutes, theApp } from './app.ts'

app.timer('poll', {
  schedule: '%POLL_SCHEDULE%',
  handler: async (_timer, context) => {
    const feeds = await theApp().poll(minutes(4), context)
    for (const { feed, queued } of feeds) context.info(`Feed ${feed}: ${queued} blobs are new.`)
  },
})
