package faults

var _ = register("batch", responses{once: true, ofAccounts: true, faults: pushFaults})
