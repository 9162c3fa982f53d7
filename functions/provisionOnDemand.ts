import { app, type InvocationContext } from '@azure/functions';
import { getDemandRun, parseDemandMessage, provisionOnDemand } from '../lib/api/onDemand.js';
import { getApp } from '../lib/app.js';
import { graphDoor } from './graphDoor.js';

const route = 'servicePrincipals/{sp}/synchronization/jobs/{job}/provisionOnDemand';

graphDoor('provisionOnDemand', 'POST', route, 'Provisioning.Operate', provisionOnDemand);
graphDoor('getDemandRun', 'GET', `${route}/{id}`, 'Provisioning.Read', getDemandRun);

/** Goes on with a call that names more people than one answer can wait for. */
export const demand = async (message: unknown): Promise<void> =>
  (await getApp()).onDemand.workOnRun(parseDemandMessage(message));

/** A call that failed five times at one page is over. */
export const demandPoison = async (message: unknown, context: InvocationContext): Promise<void> => {
  const { onDemand } = await getApp();
  await onDemand.failRun(parseDemandMessage(message));
  context.error('A call on demand was given up after five attempts.');
};

const connection = 'AzureWebJobsStorage';
app.storageQueue('demand', { queueName: 'provisioning-demands', connection, handler: demand });
app.storageQueue('demandPoison', { queueName: 'provisioning-demands-poison', connection, handler: demandPoison });
