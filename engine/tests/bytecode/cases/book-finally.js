function attempt(work) {
  try {
    return work();
  } catch (error) {
    report(error);
  } finally {
    cleanUp();
  }
}
