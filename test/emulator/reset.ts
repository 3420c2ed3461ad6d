/** Each file begins with an account in which nothing is. */
beforeAll(async () => {
  const response = await fetch(`${process.env.AWS_ENDPOINT_URL}/moto-api/reset`, { method: 'POST' });
  if (!response.ok) throw new Error(`the emulator answered ${response.status}`);
});
