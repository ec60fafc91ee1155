"""The workspace: takes the settings of panel, plan, meeting and measures, with the place of each.

Gives them checked, and the names under which their facts are printed.
"""
