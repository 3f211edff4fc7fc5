using FlickStream.Ingest;
using FlickStream.Platform.Http;

return await ServiceProgram.RunAsync(args, builder => builder.AddIngest(), app => app.MapIngest());
