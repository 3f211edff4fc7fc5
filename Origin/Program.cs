using FlickStream.Origin;
using FlickStream.Platform.Http;

return await ServiceProgram.RunAsync(args, builder => builder.AddOrigin(), app => app.MapOrigin());
