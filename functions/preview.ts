import { deletePreview, getPreview, postPreview } from '../lib/api/preview.js';
import { graphDoor } from './graphDoor.js';

const preview = 'servicePrincipals/{sp}/synchronization/jobs/{job}/preview';

graphDoor('postPreview', 'POST', preview, 'Provisioning.Operate', postPreview);
graphDoor('getPreview', 'GET', preview, 'Provisioning.Read', getPreview);
graphDoor('deletePreview', 'DELETE', preview, 'Provisioning.Operate', deletePreview);
