import { answerHealth } from '../../lib/api/health.js';
import { createTenant } from '../fakes/tenant.js';

describe('health', () => {
  it('is 200 where the job can be read', async () => {
    const { world } = await createTenant();
    expect(await answerHealth(world)).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('is 503 where storage does not answer', async () => {
    const { world } = await createTenant();
    const read = () => Promise.reject(new Error('no storage'));
    const answer = await answerHealth({ state: { ...world.state, jobs: { ...world.state.jobs, read } } });
    expect(answer).toMatchObject({ status: 503, body: { status: 'unavailable' } });
  });
});
