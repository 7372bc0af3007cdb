// Comes without a key: is asked for one, told when it is wrong, and let in with the right one.
import { asPerson, base, check, key } from './person.mjs';

await asPerson(async (page) => {
  await page.goto(base);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('This service asks for a key').waitFor();
  await dialog.getByLabel('API key or token').fill('not-a-key');
  await dialog.getByRole('button', { name: 'Use this key' }).click();
  await dialog.getByText('The last one was not taken.').waitFor();
  await dialog.getByLabel('API key or token').fill(key);
  await dialog.getByRole('button', { name: 'Use this key' }).click();
  await page.getByText('Live', { exact: true }).waitFor();
  check(!(await dialog.isVisible()), 'nobody asks any more');
  check((await page.evaluate(() => Object.values(localStorage).join())).includes(key) === false, 'the key is not kept for longer than the tab');

  // Without a key nothing of a user is shown either, and the page says why.
  const answer = await page.request.get(`${base}/api/v1/pipeline`);
  check(answer.status() === 401, `the API itself wants a key, got ${answer.status()}`);
  const policy = (await page.request.get(base)).headers()['content-security-policy'];
  check(/default-src 'none'/.test(policy) && !/unsafe/.test(policy), `a strict policy, got ${policy}`);
}, { withKey: false, expected: ['401'] });
