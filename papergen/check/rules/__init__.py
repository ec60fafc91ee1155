"""The rules, a package a family and a function a rule: each takes what is read and gives findings."""
