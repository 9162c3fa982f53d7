export type DirectoryErrorCode =
  | 'NotFound'
  | 'NotDeleted'
  | 'AlreadyExists'
  | 'UserPrincipalNameTaken'
  | 'AlreadyMember'
  | 'NotAMember'
  | 'AlreadyAssigned'
  | 'NotAssigned'
  | 'UnknownProperty'
  | 'BadValue';

/** A change that the directory would refuse; the directory is as it was. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  constructor(
    readonly code: DirectoryErrorCode,
    message: string,
  ) {
    super(message);
  }
}
