/** What reads one parameter by its name. */
export const PARAMETER_READ_ACTIONS = ['ssm:GetParameter', 'ssm:GetParameters'];

/** What gives a parameter another value. */
export const PARAMETER_WRITE_ACTIONS = ['ssm:PutParameter'];

/** The largest value of a parameter in each tier, in bytes. */
export const PARAMETER_BYTES = { standard: 4096, advanced: 8192 };

/** Levels of a name, and its characters. */
export const PARAMETER_NAME = { levels: 15, characters: 1011 };

/** The longest description that SSM takes, in characters. */
export const PARAMETER_DESCRIPTION = 1024;
