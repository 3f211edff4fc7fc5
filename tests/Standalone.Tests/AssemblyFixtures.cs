using FlickStream.Engines;
using FlickStream.Standalone.Tests.Harness;

[assembly: AssemblyFixture(typeof(S3Gateway))]
[assembly: TestCollectionOrderer(typeof(LongestFirst))]
