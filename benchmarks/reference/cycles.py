"""Cycles draws a scene that :mod:`beside_cycles` exported; run by Blender's own Python.

``python cycles.py SCENE.npz OUT.npz SAMPLES`` writes the picture in linear light and the
seconds that it took to draw, without the time to load.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import bpy
import numpy as np


def main() -> None:
    """Load, draw, write."""
    source, target, samples = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    data = np.load(source)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.preferences.addon_enable(module="cycles")
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    add_mesh("built", data["built"], data["built_albedo"], data["built_emission"])
    add_mesh("trees", data["trees"], data["trees_albedo"], None)
    add_ground(data)
    add_sky(scene, data)
    add_camera(scene, data)
    settle(scene, data, samples)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frame.exr"
        scene.render.filepath = str(path)
        begin = time.perf_counter()
        bpy.ops.render.render(write_still=True)
        seconds = time.perf_counter() - begin
        picture = bpy.data.images.load(str(path))
        width, height = picture.size
        linear = np.empty(width * height * 4, np.float32)
        picture.pixels.foreach_get(linear)
    np.savez(target, linear=linear.reshape(height, width, 4)[::-1, :, :3], seconds=seconds)


def add_mesh(name: str, triangles: Any, albedo: Any, emission: Any) -> None:
    """Triangles (n x 3 x 3) with a colour for each face."""
    count = len(triangles)
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(triangles.reshape(-1, 3), [], np.arange(3 * count).reshape(-1, 3))
    colours = {"albedo": albedo}
    if emission is not None:
        colours["emission"] = emission
    for key, values in colours.items():
        layer = mesh.attributes.new(key, "FLOAT_COLOR", "FACE")
        layer.data.foreach_set("color", np.c_[values, np.ones(count)].astype("f4").ravel())
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    shader = nodes["Principled BSDF"]
    shader.inputs["Roughness"].default_value = 1.0
    shader.inputs["Specular IOR Level"].default_value = 0.0
    for key, socket in (("albedo", "Base Color"), ("emission", "Emission Color")):
        if key not in colours:
            continue
        node = nodes.new("ShaderNodeAttribute")
        node.attribute_name = key
        links.new(node.outputs["Color"], shader.inputs[socket])
        if key == "emission":
            shader.inputs["Emission Strength"].default_value = 1.0
    mesh.materials.append(material)
    bpy.context.collection.objects.link(bpy.data.objects.new(name, mesh))


def add_ground(data: Any) -> None:
    """The level ground with its map of albedo."""
    x, y, side = (float(value) for value in data["bounds"])
    corners = [(x, y, 0), (x + side, y, 0), (x + side, y + side, 0), (x, y + side, 0)]
    mesh = bpy.data.meshes.new("ground")
    mesh.from_pydata(corners, [], [(0, 1, 2, 3)])
    layer = mesh.uv_layers.new(name="map")
    for loop, uv in zip(layer.data, ((0, 0), (1, 0), (1, 1), (0, 1)), strict=True):
        loop.uv = uv
    albedo = data["ground"]
    image = bpy.data.images.new("albedo", albedo.shape[1], albedo.shape[0], float_buffer=True)
    image.colorspace_settings.name = "Non-Color"
    pixels = np.concatenate([albedo, np.ones((*albedo.shape[:2], 1), np.float32)], axis=2)
    image.pixels.foreach_set(pixels.astype(np.float32).ravel())
    material = bpy.data.materials.new("ground")
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    picture = nodes.new("ShaderNodeTexImage")
    picture.image = image
    shader = nodes["Principled BSDF"]
    shader.inputs["Roughness"].default_value = 1.0
    shader.inputs["Specular IOR Level"].default_value = 0.0
    links.new(picture.outputs["Color"], shader.inputs["Base Color"])
    mesh.materials.append(material)
    bpy.context.collection.objects.link(bpy.data.objects.new("ground", mesh))


def add_sky(scene: Any, data: Any) -> None:
    """An even sky, and the moon as a sun lamp."""
    world = bpy.data.worlds.new("sky")
    scene.world = world
    world.use_nodes = True
    background = world.node_tree.nodes["Background"]
    background.inputs["Color"].default_value = (*(float(v) for v in data["ambient"]), 1.0)
    strength = np.asarray(data["sun"], float)
    if strength.max() <= 0:
        return
    lamp = bpy.data.lights.new("moon", "SUN")
    lamp.energy = float(strength.max() * np.pi)
    lamp.color = tuple(float(v) for v in strength / strength.max())
    moon = bpy.data.objects.new("moon", lamp)
    way = np.asarray(data["sun_way"], float)
    moon.rotation_euler = (float(np.arccos(way[2])), 0.0, float(np.arctan2(way[0], -way[1])))
    bpy.context.collection.objects.link(moon)


def add_camera(scene: Any, data: Any) -> None:
    """The camera of the frame."""
    from mathutils import Matrix  # noqa: PLC0415 -- there only once bpy is

    lens = bpy.data.cameras.new("camera")
    lens.sensor_width = 36.0
    lens.lens = float(data["focal"])
    lens.clip_end = 20_000.0
    camera = bpy.data.objects.new("camera", lens)
    right, up, forward, eye = (data[key] for key in ("right", "up", "forward", "eye"))
    frame = np.eye(4)
    frame[:3, 0], frame[:3, 1], frame[:3, 2], frame[:3, 3] = right, up, -forward, eye
    camera.matrix_world = Matrix(frame.tolist())
    bpy.context.collection.objects.link(camera)
    scene.camera = camera


def settle(scene: Any, data: Any, samples: int) -> None:
    """Raster, samples, denoiser, and a linear file."""
    width, height = (int(value) for value in data["raster"])
    scene.render.resolution_x, scene.render.resolution_y = width, height
    scene.render.resolution_percentage = 100
    scene.render.threads_mode = "FIXED"
    scene.render.threads = 2
    scene.cycles.samples = samples
    scene.cycles.use_denoising = True
    scene.cycles.max_bounces = 3
    scene.cycles.sample_clamp_indirect = 10.0
    scene.view_settings.view_transform = "Standard"
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_depth = "32"


if __name__ == "__main__":
    main()
