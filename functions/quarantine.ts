import { app } from '@azure/functions'
import { INGEST_QUEUE } from '../core/app.ts'
import { readMessage } from '../core/pipeline/messages.ts'
import { theApp } from './app.ts'

/** The host moves a message here after its last try. */
app.storageQueue('quarantine', {
  queueName: `${INGEST_QUEUE}-poison`,
  connection: 'AzureWebJobsStorage',
  handler: async (entry, context) => {
    await theApp().quarantine(readMessage(entry), context)
  },
})
