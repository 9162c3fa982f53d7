import { parseExpression } from '../lib/api/parseExpression.js';
import { getSchema, listSchemaVersions, putSchema, restoreSchema } from '../lib/api/schema.js';
import { listFilterOperators, listFunctions } from '../lib/api/schemaHelp.js';
import { graphDoor } from './graphDoor.js';

const schema = 'servicePrincipals/{sp}/synchronization/jobs/{job}/schema';
const read = 'Provisioning.Read';
const configure = 'Provisioning.Configure';

graphDoor('getSchema', 'GET', schema, read, getSchema);
graphDoor('putSchema', 'PUT', schema, configure, putSchema);
graphDoor('listSchemaVersions', 'GET', `${schema}/versions`, read, listSchemaVersions);
graphDoor('restoreSchema', 'POST', `${schema}/versions/{v}/restore`, configure, restoreSchema);
graphDoor('parseExpression', 'POST', `${schema}/parseExpression`, read, ({ world }, request) =>
  parseExpression(world, request),
);
graphDoor('listFunctions', 'GET', `${schema}/functions`, read, ({ world }, request) => listFunctions(world, request));
graphDoor('listFilterOperators', 'GET', `${schema}/filterOperators`, read, ({ world }, request) =>
  listFilterOperators(world, request),
);
