import { createMemoryTables } from '../../lib/state/memoryTables.js';
import { describeTables } from './tablesContract.js';

describeTables('in memory', createMemoryTables);
