import { hireJoiners } from '../day/joiners.js';
import { createRandomness } from '../graph/random.js';
import type { Sandbox } from '../run/sandbox.js';

export const incidentNames = ['mass-unassign', 'credentials', 'zoom-down', 'graph-410', 'seats'] as const;
export type IncidentName = (typeof incidentNames)[number];

/** What an incident happens to. */
export interface IncidentScene {
  readonly sandbox: Pick<Sandbox, 'simulators' | 'tenant'>;
  readonly seed: number;
  /** People with an active account. */
  readonly activeIds: readonly string[];
}

/** What goes wrong, for how many cycles, and how it is put right. */
export interface Incident {
  readonly story: string;
  /** Makes it happen; what comes back puts it right. */
  begin(scene: IncidentScene): () => void;
  readonly cycles: number;
  readonly remedy: string;
}

const changedPeople = 40;
const plentyOfSeats = 100_000;

/** So that there is something to send. */
const changeDepartments = ({ sandbox, activeIds }: IncidentScene, department: string): void => {
  for (const id of activeIds.slice(0, changedPeople)) sandbox.simulators.graph.dir.updateUser(id, { department });
};

const hire = ({ sandbox, seed, activeIds }: IncidentScene): void => {
  const random = createRandomness(seed, 'incident');
  hireJoiners({ world: sandbox.simulators, tenant: sandbox.tenant, activeIds: new Set(activeIds), random });
};

/** Every group that is assigned to the application. */
const groupRows = ({ sandbox }: IncidentScene) => {
  const { graph, servicePrincipalId } = sandbox.simulators;
  const groupIds = new Set(sandbox.tenant.groups.map(({ id }) => id));
  return [...graph.dir.assignments(servicePrincipalId)].filter(({ principalId }) => groupIds.has(principalId));
};

const nothing = (): void => undefined;

export const incidents: Readonly<Record<IncidentName, Incident>> = {
  'mass-unassign': {
    story: 'Somebody takes every group off the enterprise application, while people join.',
    cycles: 2,
    remedy: 'The groups are assigned again: what is held leaves by itself.',
    begin(scene) {
      const { graph, servicePrincipalId } = scene.sandbox.simulators;
      const rows = groupRows(scene);
      for (const { principalId } of rows) graph.dir.unassign({ principalId, servicePrincipalId });
      hire(scene);
      return () => {
        for (const { principalId, appRoleId } of rows) {
          graph.dir.assign({ principalId, appRoleId, servicePrincipalId });
        }
      };
    },
  },
  credentials: {
    story: 'The secret of the Zoom app was renewed in Zoom, and not here.',
    cycles: 1,
    remedy: 'The secret is entered, and a cycle asked for.',
    begin(scene) {
      const { zoom } = scene.sandbox.simulators;
      zoom.addFault({ on: 'oauth.token', fault: { mode: 'token.clientSecretWrong' } });
      zoom.addFault({ on: 'users.*', fault: { mode: 'token.revoked' }, times: 1 });
      changeDepartments(scene, 'Credentials');
      return () => zoom.clearFaults();
    },
  },
  'zoom-down': {
    story: 'Zoom answers every request with 503.',
    cycles: 1,
    remedy: 'Zoom is back.',
    begin(scene) {
      const { zoom } = scene.sandbox.simulators;
      zoom.addFault({ on: '*', fault: { mode: 'status', code: 503 } });
      changeDepartments(scene, 'Outage');
      return () => zoom.clearFaults();
    },
  },
  'graph-410': {
    story: 'Microsoft Graph has dropped the watermark: the next page is 410 Gone.',
    cycles: 1,
    remedy: 'Nothing has to be done: everybody was enumerated anew, and nobody was taken for gone.',
    begin(scene) {
      scene.sandbox.simulators.graph.addFault(
        { kind: 'gone', location: 'initial' },
        { routes: ['usersDelta'], token: 'delta', times: 1 },
      );
      changeDepartments(scene, 'Resync');
      return nothing;
    },
  },
  seats: {
    story: 'The last Zoom licence is taken, and people join.',
    cycles: 1,
    remedy: 'Licences are bought.',
    begin(scene) {
      const { settings } = scene.sandbox.simulators.zoom;
      settings.noSeats = '409';
      settings.licensedSeats = 0;
      hire(scene);
      return () => {
        settings.licensedSeats = plentyOfSeats;
      };
    },
  },
};
