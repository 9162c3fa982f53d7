import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { describeCredentials } from './credentialsContract.js';
import { describeDrift } from './driftContract.js';
import { describeJobStore } from './jobStoreContract.js';
import { describeMemberStore } from './memberStoreContract.js';
import { describeObjectStore } from './objectStoreContract.js';
import { describeRecordLog } from './recordLogContract.js';
import { describeStores } from './storesContract.js';
import { describeTables } from './tablesContract.js';

describeTables('in memory', createMemoryTables);
describeObjectStore('in memory', createMemoryTables);
describeStores('in memory', createMemoryTables);
describeMemberStore('in memory', createMemoryTables);
describeRecordLog('in memory', createMemoryTables);
describeJobStore('in memory', createMemoryTables);
describeCredentials('in memory', createMemoryTables);
describeDrift('in memory', createMemoryTables);
