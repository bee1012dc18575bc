import { app } from '@azure/functions'
import { INGEST_QUEUE } from '../core/app.ts'
import { type IngestMessage, readMessage } from '../core/pipeline/messages.ts'
import { theApp } from './app.ts'

/** The host moves a message here after its last try. */
app.storageQueue('quarantine', {
  queueName: `${INGEST_QUEUE}-poison`,
  connection: 'AzureWebJobsStorage',
  handler: async (entry, context) => {
    let message: IngestMessage
    try {
      message = readMessage(entry)
    } catch {
      // There is no poison queue behind a poison queue: the host would bring what fails here back every ten minutes.
      context.error(
        'The poison queue held a message that no poller sent; it names no records and was dropped.',
      )
      return
    }
    await theApp().quarantine(message, context)
  },
})
