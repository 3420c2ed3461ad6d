import { bedrockChat, documentText, imageRecognition } from './ai-media';
import { cognitoHttp } from './cognito-http';
import { conditionalParts } from './conditions';
import { crudHttp } from './crud-http';
import { crudRest } from './crud-rest';
import { customResources } from './custom-resources';
import { encryptedWorkflow } from './encrypted-workflow';
import { eventBus } from './event-bus';
import { fanOut } from './fan-out';
import { canary, functionUrls, layersAndImages } from './function-features';
import { companyStandards, withNag } from './governed';
import { graphqlNotes } from './graphql';
import { carefulApi, identityPool, includedTemplate, logShipping } from './identity-logs';
import { importedResources } from './imported';
import { l1Only } from './l1-only';
import { crossStack, nestedStacks, pipelineStages } from './nested';
import { orderSaga } from './order-saga';
import { eventSources, fifo, ownKeys, pipesL1 } from './queues';
import { edgeSite, multiRegion } from './regions';
import { circuitBreaker, efsFunction, lambdaDestinations, watchedApi } from './resilience';
import { restAuthorizer } from './rest-authorizer';
import { Sample } from './sample';
import { scheduledJob, schedulerJobs } from './scheduled';
import { secretsRotation } from './secrets';
import { solutionsConstructs } from './solutions-constructs';
import { lambdaRestApi, specRestApi } from './spec-rest-api';
import { staticSite } from './static-site';
import { dynamoStream, kinesisConsumer } from './streams';
import { globalTables } from './tables';
import { thumbnails } from './thumbnails';
import { explicitUnsafe, tokenValues } from './unsafe';
import { urlShortener } from './url-shortener';
import { vpcRds } from './vpc-rds';
import { websocketChat } from './websocket-chat';
import { dataPipeline, expressApi } from './workflows';

/** To add one: write the function in a file of this folder, with a comment of one line above it, and name it here. */
const BUILDERS: { readonly [name: string]: Sample['build'] } = {
  crudRest,
  crudHttp,
  urlShortener,
  restAuthorizer,
  specRestApi,
  lambdaRestApi,
  cognitoHttp,
  websocketChat,
  graphqlNotes,
  functionUrls,
  expressApi,
  bedrockChat,
  carefulApi,
  watchedApi,
  thumbnails,
  imageRecognition,
  documentText,
  staticSite,
  edgeSite,
  identityPool,
  fanOut,
  fifo,
  eventBus,
  eventSources,
  kinesisConsumer,
  dynamoStream,
  pipesL1,
  lambdaDestinations,
  circuitBreaker,
  orderSaga,
  dataPipeline,
  encryptedWorkflow,
  scheduledJob,
  schedulerJobs,
  vpcRds,
  efsFunction,
  globalTables,
  ownKeys,
  secretsRotation,
  logShipping,
  layersAndImages,
  canary,
  customResources,
  importedResources,
  nestedStacks,
  crossStack,
  pipelineStages,
  multiRegion,
  l1Only,
  includedTemplate,
  companyStandards,
  withNag,
  solutionsConstructs,
  explicitUnsafe,
  tokenValues,
  conditionalParts,
};

export const SAMPLES: readonly Sample[] = Object.entries(BUILDERS).map(([name, build]) => ({ name, build }));
