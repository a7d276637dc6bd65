enum B {}
