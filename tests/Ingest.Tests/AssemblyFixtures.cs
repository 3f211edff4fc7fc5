using FlickStream.Engines;

[assembly: AssemblyFixture(typeof(S3Gateway))]
